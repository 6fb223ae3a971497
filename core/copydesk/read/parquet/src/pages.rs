// SPDX-License-Identifier: Apache-2.0
//! How large the pages of a column say that they are, looked at before any is decompressed: a page
//! of a few bytes may claim two gigabytes, and its dictionary a billion values.

use std::io::Read;

use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, Length};

use crate::file::CallerFile;

/// Writers cut pages at 1 MiB, some at 100 MiB; a single longer value makes a longer page.
const MOST_PAGE_BYTES: i64 = 256 << 20;
const MOST_DEPTH: u32 = 16;

fn damaged() -> ParquetError {
    ParquetError::General("a damaged page header".into())
}

/// Thrift's compact protocol, as far as it takes to pass over a struct.
struct Header<R: Read> {
    input: R,
    size: u64,
}

impl<R: Read> Header<R> {
    fn byte(&mut self) -> Result<u8> {
        let mut byte = [0];
        self.input.read_exact(&mut byte).map_err(|_| damaged())?;
        self.size += 1;
        Ok(byte[0])
    }

    fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged())
    }

    fn signed(&mut self) -> Result<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn skip(&mut self, kind: u8, depth: u32) -> Result<()> {
        if depth == MOST_DEPTH {
            return Err(damaged());
        }
        match kind {
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.number()?),
            7 => (0..8).try_for_each(|_| self.byte().map(drop))?,
            8 => {
                let size = self.number()?;
                // Statistics hold the smallest and the largest value.
                if size > MOST_PAGE_BYTES as u64 {
                    return Err(damaged());
                }
                let skipped = std::io::copy(&mut (&mut self.input).take(size), &mut std::io::sink())
                    .map_err(|_| damaged())?;
                if skipped != size {
                    return Err(damaged());
                }
                self.size += size;
            }
            9 | 10 => {
                let head = self.byte()?;
                let count =
                    if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                for _ in 0..count {
                    // An element takes at least a byte, but for truth values, which pages lack.
                    self.skip(if head & 15 < 3 { 3 } else { head & 15 }, depth + 1)?;
                }
            }
            12 => self.fields(|header, _, kind| header.skip(kind, depth + 1))?,
            _ => return Err(damaged()),
        }
        Ok(())
    }

    /// Hands the fields of a struct on as (number, kind). A number that is written out, and not as the
    /// difference to the one before, is none of those that are looked for.
    fn fields(&mut self, mut take: impl FnMut(&mut Self, u32, u8) -> Result<()>) -> Result<()> {
        let mut number = 0_u32;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            if head >> 4 == 0 {
                self.signed()?;
                number = 1000;
            } else {
                number += u32::from(head >> 4);
            }
            take(self, number, head & 15)?;
        }
    }
}

/// What the header of a page says.
struct PageSizes {
    header: u64,
    unpacked: i64,
    stored: i64,
    /// Values of a dictionary; 0 for other pages.
    entries: i64,
}

/// The first field of a struct, if it is a number; the others are passed over.
fn first_number<R: Read>(header: &mut Header<R>) -> Result<i64> {
    let mut value = 0;
    header.fields(|header, number, kind| {
        match (number, kind) {
            (1, 5) => value = header.signed()?,
            _ => header.skip(kind, 1)?,
        }
        Ok(())
    })?;
    Ok(value)
}

/// Of the page that begins at `offset`.
fn page_sizes(file: &CallerFile, offset: u64) -> Result<PageSizes> {
    let mut header = Header { input: file.get_read(offset)?, size: 0 };
    let (mut unpacked, mut stored, mut entries) = (-1, -1, 0);
    header.fields(|header, number, kind| {
        match (number, kind) {
            (2, 5) => unpacked = header.signed()?,
            (3, 5) => stored = header.signed()?,
            (7, 12) => entries = first_number(header)?,
            _ => header.skip(kind, 0)?,
        }
        Ok(())
    })?;
    Ok(PageSizes { header: header.size, unpacked, stored, entries })
}

/// An error if a page of the column would not fit into memory.
pub fn check_pages(file: &CallerFile, column: &ColumnChunkMetaData) -> Result<()> {
    let data = column.data_page_offset();
    let begin = column.dictionary_page_offset().filter(|&offset| offset > 0).unwrap_or(data).min(data);
    let begin = u64::try_from(begin).map_err(|_| damaged())?;
    let end = begin
        .saturating_add(u64::try_from(column.compressed_size()).map_err(|_| damaged())?)
        .min(file.len());
    let mut offset = begin;
    while offset < end {
        let PageSizes { header, unpacked, stored, entries } = page_sizes(file, offset)?;
        // A value of a dictionary takes a byte and more.
        if unpacked < 0 || stored < 0 || entries < 0 || entries > unpacked {
            return Err(damaged());
        }
        if unpacked > MOST_PAGE_BYTES || stored > MOST_PAGE_BYTES {
            return Err(ParquetError::General(format!(
                "a page of {} bytes, more than the {MOST_PAGE_BYTES} that are read",
                unpacked.max(stored)
            )));
        }
        offset = offset.saturating_add(header).saturating_add(stored as u64);
    }
    Ok(())
}
