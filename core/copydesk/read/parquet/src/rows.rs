// SPDX-License-Identifier: Apache-2.0
//! The rows of a file one after the other: all columns as a line of JSON each, or the fields that
//! were asked for as they are. A row group that is damaged costs what is left of it.

use std::collections::VecDeque;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Arc;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaDataReader, ParquetStatisticsPolicy};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::serialized_reader::ReadOptionsBuilder;
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::Field;
use parquet::schema::types::{ColumnDescPtr, SchemaDescPtr, SchemaDescriptor};

use crate::file::CallerFile;
use crate::json::{append_scalar, is_text, JsonWriter, Kind};
use crate::pages::check_pages;
use crate::schema::{leaf_of, projection, root_of, without_text_types, Leaf};

/// Of a field that a row does not have.
const ABSENT: u32 = u32::MAX;
/// Rows whose values are held at a time.
const MOST_ROWS: usize = 1024;

pub struct Wanted {
    pub fields: Vec<String>,
    /// Number of the field whose values may be true or false.
    pub id_field: usize,
    pub as_records: bool,
    pub batch_bytes: usize,
    pub max_record_bytes: usize,
}

/// One column, read some rows ahead.
struct FieldColumn {
    reader: ColumnReader,
    descriptor: ColumnDescPtr,
    values: VecDeque<Field>,
}

fn take<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    most_defined: i16,
    into: &mut VecDeque<Field>,
    convert: impl Fn(T::T) -> Result<Field>,
) -> Result<()> {
    let mut values = Vec::with_capacity(rows);
    let mut defined = Vec::new();
    let levels = (most_defined > 0).then_some(&mut defined);
    let (records, _, _) = reader.read_records(rows, levels, None, &mut values)?;
    if records == 0 {
        return Err(ParquetError::General("a column has fewer values than there are rows".into()));
    }
    let mut values = values.into_iter();
    if most_defined == 0 {
        return values.try_for_each(|value| convert(value).map(|field| into.push_back(field)));
    }
    for level in defined {
        let value = if level == most_defined { values.next() } else { None };
        into.push_back(value.map_or(Ok(Field::Null), &convert)?);
    }
    Ok(())
}

impl FieldColumn {
    fn next(&mut self, rows: usize) -> Result<Field> {
        if self.values.is_empty() {
            let descriptor = &self.descriptor;
            let most_defined = descriptor.max_def_level();
            let into = &mut self.values;
            match &mut self.reader {
                ColumnReader::BoolColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_bool(descriptor, value))
                }),
                ColumnReader::Int32ColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_int32(descriptor, value))
                }),
                ColumnReader::Int64ColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_int64(descriptor, value))
                }),
                ColumnReader::Int96ColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_int96(descriptor, value))
                }),
                ColumnReader::FloatColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_float(descriptor, value))
                }),
                ColumnReader::DoubleColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Ok(Field::convert_double(descriptor, value))
                }),
                ColumnReader::ByteArrayColumnReader(reader) => take(reader, rows, most_defined, into, |value| {
                    Field::convert_byte_array(descriptor, value)
                }),
                ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                    take(reader, rows, most_defined, into, |value| {
                        Field::convert_byte_array(descriptor, value.into())
                    })
                }
            }?;
        }
        self.values.pop_front().ok_or_else(|| ParquetError::General("a row without levels".into()))
    }
}

/// What is read of every row.
enum Plan {
    Records { schema: SchemaDescPtr, asked: Vec<bool> },
    /// For each field the number in `columns`, which are numbers of leaf columns.
    Fields { fields: Vec<Option<usize>>, columns: Vec<usize> },
}

enum Group {
    Records(Box<ReaderIter>),
    Fields(Vec<FieldColumn>),
}

struct Fault {
    reason: String,
    rows: u64,
}

pub enum Step {
    Rows { first: u64, rows: u64 },
    Fault { first: u64, rows: u64, reason: String },
    End,
}

pub struct Rows {
    file: SerializedFileReader<CallerFile>,
    source: CallerFile,
    wanted: Wanted,
    plan: Plan,
    next_group: usize,
    group: Option<Group>,
    left_in_group: u64,
    /// The number of the next row in the file, from 0.
    row: u64,
    fault: Option<Fault>,
    /// Whole rows.
    pub out: Vec<u8>,
    json: JsonWriter,
    rows_ahead: usize,
}

impl Rows {
    pub fn open(source: CallerFile, wanted: Wanted) -> Result<Self> {
        let original = ParquetMetaDataReader::new().parse_and_finish(&source)?;
        let schema = without_text_types(original.file_metadata().schema())?;
        let descriptor = Arc::new(SchemaDescriptor::new(schema));
        drop(original);
        let options = ReadOptionsBuilder::new()
            .with_parquet_schema(descriptor.clone())
            .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .build();
        let file = SerializedFileReader::new_with_options(source, options)?;
        let plan = Self::plan(&descriptor, &wanted)?;
        Ok(Self {
            file,
            source,
            wanted,
            plan,
            next_group: 0,
            group: None,
            left_in_group: 0,
            row: 0,
            fault: None,
            out: Vec::new(),
            json: JsonWriter::default(),
            rows_ahead: 64,
        })
    }

    fn plan(descriptor: &SchemaDescriptor, wanted: &Wanted) -> Result<Plan> {
        if !wanted.as_records {
            if let Some(plan) = Self::plan_fields(descriptor, wanted) {
                return Ok(plan);
            }
        }
        let schema = descriptor.root_schema();
        let mut asked = vec![false; schema.get_fields().len()];
        for name in &wanted.fields {
            if let Some(root) = root_of(schema, name) {
                asked[root] = true;
            }
        }
        // Where no record is wanted, other columns are not read; but for a text that is not there
        // all must be, since its rows are still to be counted.
        let roots = if wanted.as_records || !asked.contains(&true) {
            vec![true; asked.len()]
        } else {
            asked.clone()
        };
        let asked = asked.iter().zip(&roots).filter(|(_, root)| **root).map(|(&is, _)| is).collect();
        let schema = Arc::new(SchemaDescriptor::new(Arc::new(projection(schema, &roots)?)));
        Ok(Plan::Records { schema, asked })
    }

    /// None where a field is compound, or the first one, the text, is no text.
    fn plan_fields(descriptor: &SchemaDescriptor, wanted: &Wanted) -> Option<Plan> {
        let mut fields = Vec::new();
        let mut columns = Vec::new();
        for (number, name) in wanted.fields.iter().enumerate() {
            let leaf = if name.is_empty() { Leaf::NotThere } else { leaf_of(descriptor, name) };
            match leaf {
                Leaf::Column(column) => {
                    if number == 0 && !is_text(descriptor.column(column).self_type()) {
                        return None;
                    }
                    let known = columns.iter().position(|&known| known == column);
                    fields.push(Some(known.unwrap_or(columns.len())));
                    if known.is_none() {
                        columns.push(column);
                    }
                }
                Leaf::NotThere if number > 0 => fields.push(None),
                _ => return None,
            }
        }
        Some(Plan::Fields { fields, columns })
    }

    /// Whether `out` has the fields of rows, not lines of JSON.
    pub fn is_fields(&self) -> bool {
        matches!(self.plan, Plan::Fields { .. })
    }

    /// Of all row groups, as far as the file's own words go.
    pub fn rows_in_file(&self) -> u64 {
        let rows = |group: usize| self.file.metadata().row_group(group).num_rows();
        (0..self.file.num_row_groups())
            .map(|group| u64::try_from(rows(group)).unwrap_or(0))
            .fold(0, u64::saturating_add)
    }

    /// Fills `out` with some rows, or tells what is wrong with some. What panics is damage, too.
    pub fn step(&mut self) -> Step {
        self.out.clear();
        let first = self.row;
        while self.fault.is_none() && self.out.len() < self.wanted.batch_bytes {
            let whole = self.out.len();
            let more = catch_unwind(AssertUnwindSafe(|| self.append_row()))
                .unwrap_or_else(|_| Err(ParquetError::General("its data make no sense".into())));
            match more {
                Ok(true) if self.out.len() - whole > self.wanted.max_record_bytes => {
                    // Nobody needs the memory of such a row again.
                    self.out.truncate(whole);
                    self.out.shrink_to(4 * self.wanted.batch_bytes);
                    let limit = self.wanted.max_record_bytes;
                    let reason = format!("record longer than {limit} bytes");
                    self.fault = Some(Fault { reason, rows: 1 });
                    self.left_in_group -= 1;
                }
                Ok(true) => {
                    self.row += 1;
                    self.left_in_group -= 1;
                }
                Ok(false) => break,
                Err(error) => {
                    self.out.truncate(whole);
                    let reason = format!("damaged row group {}: {}", self.next_group, plain(&error));
                    self.fault = Some(Fault { reason, rows: self.left_in_group.max(1) });
                    self.group = None;
                    self.left_in_group = 0;
                }
            }
        }
        if self.row > first {
            let rows = self.row - first;
            self.rows_ahead =
                (self.wanted.batch_bytes as u64 * rows / (self.out.len() as u64).max(1))
                    .clamp(4, MOST_ROWS as u64) as usize;
            return Step::Rows { first, rows };
        }
        let Some(Fault { reason, rows }) = self.fault.take() else { return Step::End };
        self.row = self.row.saturating_add(rows);
        Step::Fault { first, rows, reason }
    }

    /// False at the end of the file.
    fn append_row(&mut self) -> Result<bool> {
        while self.left_in_group == 0 {
            self.group = None;
            if self.next_group == self.file.num_row_groups() {
                return Ok(false);
            }
            let number = self.next_group;
            self.next_group += 1;
            let rows = self.file.metadata().row_group(number).num_rows();
            self.left_in_group = u64::try_from(rows)
                .map_err(|_| ParquetError::General("a negative number of rows".into()))?;
            if self.left_in_group > 0 {
                self.group = Some(self.open_group(number)?);
            }
        }
        match (&mut self.group, &self.plan) {
            (Some(Group::Records(rows)), Plan::Records { schema, asked }) => {
                let row = rows.next().ok_or_else(|| ParquetError::EOF("too few rows".into()))??;
                self.json.append_record(&mut self.out, &row, schema.root_schema(), asked);
            }
            (Some(Group::Fields(columns)), Plan::Fields { fields, .. }) => {
                let mut values = Vec::with_capacity(columns.len());
                for column in columns.iter_mut() {
                    values.push(column.next(self.rows_ahead)?);
                }
                let begin = self.out.len();
                self.out.resize(begin + 4 + 4 * fields.len(), 0);
                for (number, field) in fields.iter().enumerate() {
                    let before = self.out.len();
                    let mut size = ABSENT;
                    if let Some(column) = *field {
                        let leaf = columns[column].descriptor.self_type();
                        let kind = match &values[column] {
                            Field::Bytes(bytes) if is_text(leaf) => {
                                self.out.extend_from_slice(bytes.data());
                                Kind::Text
                            }
                            value => append_scalar(&mut self.out, value, Some(leaf), true),
                        };
                        let is_left_out = match kind {
                            Kind::Null | Kind::Compound => true,
                            Kind::Truth => number != self.wanted.id_field,
                            Kind::Number | Kind::Plain | Kind::Text => false,
                        };
                        if is_left_out {
                            self.out.truncate(before);
                        } else {
                            size = length(self.out.len() - before)?;
                        }
                    }
                    let place = begin + 4 + 4 * number;
                    self.out[place..place + 4].copy_from_slice(&size.to_ne_bytes());
                }
                let size = length(self.out.len() - begin)?;
                self.out[begin..begin + 4].copy_from_slice(&size.to_ne_bytes());
            }
            _ => return Err(ParquetError::General("cannot be gone on with".into())),
        }
        Ok(true)
    }

    fn open_group(&self, number: usize) -> Result<Group> {
        let group = self.file.get_row_group(number)?;
        match &self.plan {
            Plan::Records { schema, .. } => {
                for column in group.metadata().columns() {
                    if schema.columns().iter().any(|wanted| wanted.path() == column.column_path()) {
                        check_pages(&self.source, column)?;
                    }
                }
                let rows = TreeBuilder::new().with_batch_size(64).as_iter(schema.clone(), &*group)?;
                Ok(Group::Records(Box::new(rows)))
            }
            Plan::Fields { columns, .. } => columns
                .iter()
                .map(|&column| {
                    check_pages(&self.source, group.metadata().column(column))?;
                    Ok(FieldColumn {
                        reader: group.get_column_reader(column)?,
                        descriptor: group.metadata().column(column).column_descr_ptr(),
                        values: VecDeque::new(),
                    })
                })
                .collect::<Result<_>>()
                .map(Group::Fields),
        }
    }
}

fn length(size: usize) -> Result<u32> {
    u32::try_from(size).ok().filter(|&size| size < ABSENT).ok_or_else(|| {
        ParquetError::General("a value of more than 4 GiB".into())
    })
}

/// What went wrong, without the library's own preface.
pub fn plain(error: &ParquetError) -> String {
    let text = error.to_string();
    match text.split_once(": ") {
        Some((preface, rest)) if !preface.contains(' ') || preface.ends_with("error") => {
            rest.to_string()
        }
        _ => text,
    }
}
