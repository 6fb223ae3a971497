// SPDX-License-Identifier: Apache-2.0
//! Values as JSON. Times are ISO 8601, decimals numbers of all their digits, bytes a string where
//! they are UTF-8 and hexadecimal digits where they are not.

use std::io::Write;

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as PhysicalType};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

/// How many bytes from the beginning stand in a JSON string as they are.
fn plain_prefix(text: &[u8]) -> usize {
    let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let mut plain = 0;
    for chunk in text.chunks_exact(32) {
        if chunk.iter().fold(false, |found, &byte| found | is_special(byte)) {
            break;
        }
        plain += 32;
    }
    plain + text[plain..].iter().position(|&byte| is_special(byte)).unwrap_or(text.len() - plain)
}

pub fn append_string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut rest = text;
    loop {
        let plain = plain_prefix(rest);
        out.extend_from_slice(&rest[..plain]);
        let Some(&special) = rest.get(plain) else { break };
        match special {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', special]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => write(out, format_args!("\\u{special:04x}")),
        }
        rest = &rest[plain + 1..];
    }
    out.push(b'"');
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("memory takes any bytes");
}

fn append_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        write(out, format_args!("{byte:02x}"));
    }
}

/// Year, month, day of a number of days since 1970 (Howard Hinnant, "chrono-compatible low-level
/// date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn append_date(out: &mut Vec<u8>, days: i64) {
    let (year, month, day) = civil(days);
    write(out, format_args!("{year:04}-{month:02}-{day:02}"));
}

/// `units` a second; the fraction is left out where it is zero.
fn append_time(out: &mut Vec<u8>, of_day: i64, units: i64) {
    let seconds = of_day / units;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    write(out, format_args!("{hours:02}:{minutes:02}:{:02}", seconds % 60));
    let fraction = of_day % units;
    if fraction != 0 {
        let digits = units.ilog10() as usize;
        write(out, format_args!(".{fraction:0digits$}"));
    }
}

fn append_timestamp(out: &mut Vec<u8>, value: i64, units: i64, is_utc: bool) {
    let day = units * 86_400;
    append_date(out, value.div_euclid(day));
    out.push(b'T');
    append_time(out, value.rem_euclid(day), units);
    if is_utc {
        out.push(b'Z');
    }
}

fn units_of(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

/// What a value is in JSON.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Null,
    Truth,
    Number,
    /// To stand in quotes, with nothing in it to escape.
    Plain,
    /// To stand in quotes.
    Text,
    Compound,
}

fn append_integer(
    out: &mut Vec<u8>,
    value: i64,
    logical: Option<&LogicalType>,
) -> Kind {
    match logical {
        Some(LogicalType::Timestamp(time)) => {
            append_timestamp(out, value, units_of(&time.unit), time.is_adjusted_to_u_t_c);
            Kind::Plain
        }
        Some(LogicalType::Time(time)) => {
            append_time(out, value, units_of(&time.unit));
            Kind::Plain
        }
        _ => {
            write(out, format_args!("{value}"));
            Kind::Number
        }
    }
}

fn append_float(out: &mut Vec<u8>, value: f64, text: std::fmt::Arguments) -> Kind {
    if !value.is_finite() {
        return Kind::Null;
    }
    write(out, text);
    Kind::Number
}

fn append_bytes(out: &mut Vec<u8>, bytes: &[u8], leaf: Option<&Type>, is_asked: bool) -> Kind {
    let info = leaf.map(Type::get_basic_info);
    if info.and_then(|info| info.logical_type_ref()) == Some(&LogicalType::Uuid)
        && bytes.len() == 16
    {
        for (i, part) in [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]]
            .iter()
            .enumerate()
        {
            if i > 0 {
                out.push(b'-');
            }
            append_hex(out, part);
        }
        return Kind::Plain;
    }
    let is_fixed = leaf.is_some_and(|leaf| {
        leaf.get_physical_type() == PhysicalType::FIXED_LEN_BYTE_ARRAY
    });
    // What was asked for goes on as it is, and is found to be no text there.
    if !is_fixed && (is_asked || std::str::from_utf8(bytes).is_ok()) {
        out.extend_from_slice(bytes);
        return Kind::Text;
    }
    append_hex(out, bytes);
    Kind::Plain
}

/// Whether a column's values are bytes of any length, which may be text.
pub fn is_text(leaf: &Type) -> bool {
    leaf.is_primitive()
        && leaf.get_physical_type() == PhysicalType::BYTE_ARRAY
        && leaf.get_basic_info().converted_type() == ConvertedType::NONE
}

/// Appends a value that is no list, map or struct, without quotes. `is_asked`: bytes are text.
pub fn append_scalar(
    out: &mut Vec<u8>,
    field: &Field,
    leaf: Option<&Type>,
    is_asked: bool,
) -> Kind {
    let leaf = leaf.filter(|leaf| leaf.is_primitive());
    let logical = leaf.and_then(|leaf| leaf.get_basic_info().logical_type_ref());
    match field {
        Field::Null => Kind::Null,
        Field::Bool(value) => {
            write(out, format_args!("{value}"));
            Kind::Truth
        }
        Field::Byte(value) => append_integer(out, i64::from(*value), logical),
        Field::Short(value) => append_integer(out, i64::from(*value), logical),
        Field::Int(value) => append_integer(out, i64::from(*value), logical),
        Field::Long(value) => append_integer(out, *value, logical),
        Field::UByte(value) => append_integer(out, i64::from(*value), logical),
        Field::UShort(value) => append_integer(out, i64::from(*value), logical),
        Field::UInt(value) => append_integer(out, i64::from(*value), logical),
        Field::ULong(value) => {
            write(out, format_args!("{value}"));
            Kind::Number
        }
        Field::Float16(value) => {
            let value = f32::from(*value);
            append_float(out, f64::from(value), format_args!("{value:?}"))
        }
        Field::Float(value) => append_float(out, f64::from(*value), format_args!("{value:?}")),
        Field::Double(value) => append_float(out, *value, format_args!("{value:?}")),
        Field::Decimal(_) => {
            write(out, format_args!("{field}"));
            if out.last() == Some(&b'.') {
                out.pop();
            }
            Kind::Number
        }
        Field::Str(text) => {
            out.extend_from_slice(text.as_bytes());
            Kind::Text
        }
        Field::Bytes(bytes) => append_bytes(out, bytes.data(), leaf, is_asked),
        Field::Date(days) => {
            append_date(out, i64::from(*days));
            Kind::Plain
        }
        Field::TimeMillis(value) => {
            append_time(out, i64::from(*value), 1_000);
            Kind::Plain
        }
        Field::TimeMicros(value) => {
            append_time(out, *value, 1_000_000);
            Kind::Plain
        }
        Field::TimestampMillis(value) | Field::TimestampMicros(value) => {
            let units =
                if matches!(field, Field::TimestampMillis(_)) { 1_000 } else { 1_000_000 };
            // Without a logical type there is no word on it but that it counts from 1970 in UTC;
            // INT96 has been local time with some writers, and UTC with others.
            let is_utc = match logical {
                Some(LogicalType::Timestamp(time)) => time.is_adjusted_to_u_t_c,
                _ => leaf.is_some_and(|leaf| {
                    leaf.get_physical_type() == PhysicalType::INT64
                }),
            };
            append_timestamp(out, *value, units, is_utc);
            Kind::Plain
        }
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => Kind::Compound,
    }
}

/// What the elements of a list are, by the rules for lists of older writers.
fn element_type(list: &Type) -> Option<&Type> {
    if list.is_primitive() || list.get_basic_info().repetition() == Repetition::REPEATED {
        return Some(list);
    }
    let repeated = list.get_fields().first()?;
    if repeated.is_primitive()
        || repeated.get_fields().len() != 1
        || repeated.name() == "array"
        || repeated.name().ends_with("_tuple")
    {
        return Some(repeated);
    }
    repeated.get_fields().first().map(|field| field.as_ref())
}

fn member_type(group: Option<&Type>, number: usize) -> Option<&Type> {
    group.filter(|group| group.is_group())?.get_fields().get(number).map(|field| field.as_ref())
}

/// Renders records; keeps its buffer.
#[derive(Default)]
pub struct JsonWriter {
    scratch: Vec<u8>,
}

impl JsonWriter {
    /// Appends one record and a line feed. `asked` says of each column whether its bytes are text.
    pub fn append_record(&mut self, out: &mut Vec<u8>, row: &Row, schema: &Type, asked: &[bool]) {
        self.append_members(out, row, Some(schema), |number| asked[number]);
        out.push(b'\n');
    }

    fn append_members(
        &mut self,
        out: &mut Vec<u8>,
        row: &Row,
        group: Option<&Type>,
        is_asked: impl Fn(usize) -> bool,
    ) {
        out.push(b'{');
        for (number, (name, value)) in row.get_column_iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            append_string(out, name.as_bytes());
            out.push(b':');
            self.append_value(out, value, member_type(group, number), is_asked(number));
        }
        out.push(b'}');
    }

    fn append_value(
        &mut self,
        out: &mut Vec<u8>,
        value: &Field,
        node: Option<&Type>,
        is_asked: bool,
    ) {
        match value {
            Field::Group(row) => self.append_members(out, row, node, |_| is_asked),
            Field::ListInternal(list) => {
                out.push(b'[');
                for (number, element) in list.elements().iter().enumerate() {
                    if number > 0 {
                        out.push(b',');
                    }
                    self.append_value(out, element, node.and_then(element_type), is_asked);
                }
                out.push(b']');
            }
            Field::MapInternal(map) => {
                let pair = member_type(node, 0);
                out.push(b'{');
                for (number, (key, value)) in map.entries().iter().enumerate() {
                    if number > 0 {
                        out.push(b',');
                    }
                    self.scratch.clear();
                    let kind =
                        append_scalar(&mut self.scratch, key, member_type(pair, 0), is_asked);
                    if kind == Kind::Null {
                        self.scratch.extend_from_slice(b"null");
                    }
                    append_string(out, &self.scratch);
                    out.push(b':');
                    self.append_value(out, value, member_type(pair, 1), is_asked);
                }
                out.push(b'}');
            }
            _ => self.append_leaf(out, value, node, is_asked),
        }
    }

    fn append_leaf(
        &mut self,
        out: &mut Vec<u8>,
        value: &Field,
        leaf: Option<&Type>,
        is_asked: bool,
    ) {
        if let (Field::Bytes(bytes), true) = (value, is_asked) {
            if leaf.is_some_and(is_text) {
                return append_string(out, bytes.data());
            }
        }
        self.scratch.clear();
        match append_scalar(&mut self.scratch, value, leaf, is_asked) {
            Kind::Text => append_string(out, &self.scratch),
            Kind::Plain => {
                out.push(b'"');
                out.extend_from_slice(&self.scratch);
                out.push(b'"');
            }
            Kind::Null | Kind::Compound => out.extend_from_slice(b"null"),
            Kind::Truth | Kind::Number => out.extend_from_slice(&self.scratch),
        }
    }
}
