// SPDX-License-Identifier: Apache-2.0
//! Files without some of their rows: columns are copied value by value with their levels, so that
//! types, nesting, and what the file says of itself stay what they are.

use std::ffi::c_void;
use std::io;
use std::sync::Arc;

use parquet::basic::Encoding;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::ColumnDescPtr;

use crate::file::CallerFile;
use crate::pages::check_pages;

/// Takes bytes; anything but 0 says that it could not.
pub type WriteAll = unsafe extern "C" fn(*mut c_void, *const u8, usize) -> i32;

pub struct CallerSink {
    pub context: *mut c_void,
    pub write: WriteAll,
}

// SAFETY: the caller promises that it may be called from any thread, one at a time.
unsafe impl Send for CallerSink {}

impl io::Write for CallerSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // SAFETY: the bytes are there for the length of the call.
        match unsafe { (self.write)(self.context, bytes.as_ptr(), bytes.len()) } {
            0 => Ok(bytes.len()),
            _ => Err(io::Error::other("cannot be written")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One bit a row.
pub struct Kept<'a> {
    words: &'a [u64],
}

impl<'a> Kept<'a> {
    pub fn new(words: &'a [u64]) -> Self {
        Self { words }
    }

    /// As many as there are bits for.
    fn rows(&self) -> u64 {
        64 * self.words.len() as u64
    }

    fn has(&self, row: u64) -> bool {
        let word = usize::try_from(row / 64).ok().and_then(|word| self.words.get(word));
        word.is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}

#[derive(Default)]
pub struct Copier {
    writer: Option<SerializedFileWriter<CallerSink>>,
}

impl Copier {
    /// Appends the kept rows of a file. The first file says what the columns are.
    pub fn add(&mut self, source: CallerFile, kept: &Kept, sink: CallerSink) -> Result<()> {
        let file = SerializedFileReader::new(source)?;
        let metadata = file.metadata();
        if self.writer.is_none() {
            let schema = metadata.file_metadata().schema_descr().root_schema_ptr();
            self.writer = Some(SerializedFileWriter::new(sink, schema, properties(metadata))?);
        }
        let writer = self.writer.as_mut().expect("was made above");
        if writer.schema_descr().root_schema() != metadata.file_metadata().schema() {
            return Err(ParquetError::General("other columns than the files before".into()));
        }
        let mut first = 0u64;
        for number in 0..file.num_row_groups() {
            let rows = u64::try_from(metadata.row_group(number).num_rows())
                .map_err(|_| ParquetError::General("a negative number of rows".into()))?;
            // A damaged file may claim any number of rows; no bit stands behind the last word.
            let end = first.saturating_add(rows);
            if (first..end.min(kept.rows())).any(|row| kept.has(row)) {
                let group = file.get_row_group(number)?;
                let mut into = writer.next_row_group()?;
                for column in 0..group.num_columns() {
                    check_pages(&source, group.metadata().column(column))?;
                    let descriptor = group.metadata().column(column).column_descr_ptr();
                    let reader = group.get_column_reader(column)?;
                    copy_column(reader, &mut into, &descriptor, |row| kept.has(first + row), rows)?;
                }
                into.close()?;
            }
            first = end;
        }
        Ok(())
    }

    /// Writes the end. Nothing is written where no file was added.
    pub fn finish(self) -> Result<()> {
        self.writer.map_or(Ok(()), |writer| writer.close().map(drop))
    }
}

/// As the file has them: its own words, and how each column is stored.
fn properties(metadata: &ParquetMetaData) -> Arc<WriterProperties> {
    let mut builder = WriterProperties::builder()
        .set_created_by("copydesk".into())
        .set_key_value_metadata(metadata.file_metadata().key_value_metadata().cloned())
        .set_statistics_enabled(EnabledStatistics::Chunk);
    if let Some(group) = metadata.row_groups().first() {
        let sorting: Option<Vec<_>> = RowGroupMetaData::sorting_columns(group).cloned();
        builder = builder.set_sorting_columns(sorting);
        for column in group.columns() {
            let path = column.column_path().clone();
            let has_dictionary = column.dictionary_page_offset().is_some()
                || column.encodings().any(|encoding| encoding == Encoding::RLE_DICTIONARY);
            builder = builder
                .set_column_compression(path.clone(), column.compression())
                .set_column_dictionary_enabled(path, has_dictionary);
        }
    }
    Arc::new(builder.build())
}

fn copy_column(
    reader: ColumnReader,
    group: &mut SerializedRowGroupWriter<'_, CallerSink>,
    descriptor: &ColumnDescPtr,
    kept: impl Fn(u64) -> bool,
    rows: u64,
) -> Result<()> {
    let mut column = group
        .next_column()?
        .ok_or_else(|| ParquetError::General("more columns than the schema has".into()))?;
    match (reader, column.untyped()) {
        (ColumnReader::BoolColumnReader(from), ColumnWriter::BoolColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::Int32ColumnReader(from), ColumnWriter::Int32ColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::Int64ColumnReader(from), ColumnWriter::Int64ColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::Int96ColumnReader(from), ColumnWriter::Int96ColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::FloatColumnReader(from), ColumnWriter::FloatColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::DoubleColumnReader(from), ColumnWriter::DoubleColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (ColumnReader::ByteArrayColumnReader(from), ColumnWriter::ByteArrayColumnWriter(to)) => {
            copy_values(from, to, descriptor, kept, rows)
        }
        (
            ColumnReader::FixedLenByteArrayColumnReader(from),
            ColumnWriter::FixedLenByteArrayColumnWriter(to),
        ) => copy_values(from, to, descriptor, kept, rows),
        _ => Err(ParquetError::General("a column of another type than the schema says".into())),
    }?;
    column.close()
}

fn copy_values<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    to: &mut ColumnWriterImpl<'_, T>,
    descriptor: &ColumnDescPtr,
    kept: impl Fn(u64) -> bool,
    rows: u64,
) -> Result<()> {
    const ROWS: usize = 256;
    let most_defined = descriptor.max_def_level();
    let is_repeated = descriptor.max_rep_level() > 0;
    let (mut defined, mut repeated, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut row = 0;
    while row < rows {
        defined.clear();
        repeated.clear();
        values.clear();
        // A damaged file may have more values than its rows.
        let most = usize::try_from(rows - row).map_or(ROWS, |left| left.min(ROWS));
        let (records, _, levels) = from.read_records(
            most,
            (most_defined > 0).then_some(&mut defined),
            is_repeated.then_some(&mut repeated),
            &mut values,
        )?;
        if records == 0 {
            return Err(ParquetError::General("a column has fewer values than there are rows".into()));
        }
        // Each level belongs to the row that the last level 0 of repetition began.
        let mut next = row;
        let mut stays = false;
        let mut kept_levels = Vec::with_capacity(levels);
        for level in 0..levels {
            if !is_repeated || repeated[level] == 0 {
                stays = kept(next);
                next += 1;
            }
            kept_levels.push(stays);
        }
        let mut level = 0;
        values.retain(|_| {
            while most_defined > 0 && defined[level] != most_defined {
                level += 1;
            }
            level += 1;
            kept_levels[level - 1]
        });
        retain(&mut defined, &kept_levels);
        retain(&mut repeated, &kept_levels);
        to.write_batch(
            &values,
            (most_defined > 0).then_some(&defined[..]),
            is_repeated.then_some(&repeated[..]),
        )?;
        row += records as u64;
    }
    Ok(())
}

fn retain(levels: &mut Vec<i16>, kept: &[bool]) {
    let mut number = 0;
    levels.retain(|_| {
        number += 1;
        kept[number - 1]
    });
}
