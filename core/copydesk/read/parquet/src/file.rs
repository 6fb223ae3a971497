// SPDX-License-Identifier: Apache-2.0
//! A file whose bytes the caller reads, wherever they are.

use std::ffi::c_void;
use std::io::{self, BufReader, Read};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Fills a buffer from an offset on; returns how many bytes, or a negative number if that failed.
pub type ReadAt = unsafe extern "C" fn(*mut c_void, u64, *mut u8, usize) -> i64;

#[derive(Clone, Copy)]
pub struct CallerFile {
    context: *mut c_void,
    read_at: ReadAt,
    size: u64,
}

// SAFETY: the caller promises that `read_at` may be called from any thread, one at a time.
unsafe impl Send for CallerFile {}
unsafe impl Sync for CallerFile {}

impl CallerFile {
    pub fn new(context: *mut c_void, read_at: ReadAt, size: u64) -> Self {
        Self { context, read_at, size }
    }

    fn read(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the buffer is as long as is said.
        let count =
            unsafe { (self.read_at)(self.context, offset, buffer.as_mut_ptr(), buffer.len()) };
        match usize::try_from(count) {
            Ok(count) if count <= buffer.len() => Ok(count),
            _ => Err(io::Error::other("cannot be read")),
        }
    }
}

impl Length for CallerFile {
    fn len(&self) -> u64 {
        self.size
    }
}

impl ChunkReader for CallerFile {
    type T = BufReader<Place>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::with_capacity(4096, Place { file: *self, offset: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        // Before any memory is taken: lengths are what the file says.
        if start.saturating_add(length as u64) > self.size {
            return Err(ParquetError::General("ends too early".to_string()));
        }
        let mut bytes = vec![0; length];
        let mut filled = 0;
        while filled < length {
            let count = self.read(start + filled as u64, &mut bytes[filled..])?;
            if count == 0 {
                return Err(ParquetError::General("ends too early".to_string()));
            }
            filled += count;
        }
        Ok(bytes.into())
    }
}

/// Reads on from an offset.
pub struct Place {
    file: CallerFile,
    offset: u64,
}

impl Read for Place {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(self.offset, buffer)?;
        self.offset += count as u64;
        Ok(count)
    }
}
