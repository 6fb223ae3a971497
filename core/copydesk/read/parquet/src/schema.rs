// SPDX-License-Identifier: Apache-2.0
//! Which columns of a file are meant by the names of fields, and the file's schema without what
//! would make one bad value cost a whole page.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::errors::Result;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

/// The schema with all bytes as mere bytes: that a string is UTF-8 is looked at value by value, and
/// what this program does not know of is no reason to refuse a file. Numbers of days, times,
/// decimals, and UUIDs stay what they are.
pub fn without_text_types(schema: &Type) -> Result<TypePtr> {
    let info = schema.get_basic_info();
    let id = info.has_id().then(|| info.id());
    if schema.is_primitive() {
        let physical = schema.get_physical_type();
        let logical = info.logical_type_ref().cloned();
        let is_decimal = info.converted_type() == ConvertedType::DECIMAL;
        let keeps = match physical {
            PhysicalType::BYTE_ARRAY => is_decimal,
            PhysicalType::FIXED_LEN_BYTE_ARRAY => {
                is_decimal || matches!(logical, Some(LogicalType::Float16 | LogicalType::Uuid))
            }
            _ => true,
        };
        if keeps {
            return Ok(Arc::new(schema.clone()));
        }
        let mut builder = Type::primitive_type_builder(schema.name(), physical)
            .with_repetition(info.repetition())
            .with_id(id);
        if let Type::PrimitiveType { type_length, .. } = schema {
            builder = builder.with_length(*type_length);
        }
        return Ok(Arc::new(builder.build()?));
    }
    let mut builder = Type::group_type_builder(schema.name())
        .with_converted_type(info.converted_type())
        .with_logical_type(info.logical_type_ref().cloned())
        .with_id(id)
        .with_fields(
            schema.get_fields().iter().map(|field| without_text_types(field)).collect::<Result<_>>()?,
        );
    if info.has_repetition() {
        builder = builder.with_repetition(info.repetition());
    }
    Ok(Arc::new(builder.build()?))
}

/// The root column a field is in: one of that name, else what stands before its first dot or
/// bracket.
pub fn root_of(schema: &Type, name: &str) -> Option<usize> {
    let fields = schema.get_fields();
    let find = |wanted: &str| fields.iter().position(|field| field.name() == wanted);
    find(name).or_else(|| find(&name[..name.find(['.', '['])?]))
}

/// The number of the leaf column that a field is, where each row has one value of it at most.
pub enum Leaf {
    Column(usize),
    NotThere,
    /// Lists, maps, structs: only as JSON.
    Compound,
}

pub fn leaf_of(descriptor: &SchemaDescriptor, name: &str) -> Leaf {
    let schema = descriptor.root_schema();
    let Some(root) = root_of(schema, name) else { return Leaf::NotThere };
    let mut node = &schema.get_fields()[root];
    let mut path = vec![node.name().to_string()];
    let mut rest = name.strip_prefix(node.name()).unwrap_or("");
    loop {
        let info = node.get_basic_info();
        if info.repetition() == Repetition::REPEATED {
            return Leaf::Compound;
        }
        if node.is_primitive() {
            break;
        }
        if info.converted_type() != ConvertedType::NONE || info.logical_type_ref().is_some() {
            return Leaf::Compound;
        }
        let Some(below) = rest.strip_prefix('.') else { return Leaf::Compound };
        // As in records of JSON: a member of the whole name first, then what is before the dot.
        let fields = node.get_fields();
        let end = below.find('.').unwrap_or(below.len());
        let Some(member) = fields
            .iter()
            .find(|field| field.name() == below)
            .or_else(|| fields.iter().find(|field| field.name() == &below[..end]))
        else {
            return Leaf::NotThere;
        };
        rest = &below[member.name().len()..];
        path.push(member.name().to_string());
        node = member;
    }
    if !rest.is_empty() {
        return Leaf::NotThere;
    }
    descriptor
        .columns()
        .iter()
        .position(|column| column.path().parts() == path)
        .map_or(Leaf::NotThere, Leaf::Column)
}

/// The schema of some root columns alone.
pub fn projection(schema: &Type, roots: &[bool]) -> Result<Type> {
    Type::group_type_builder(schema.name())
        .with_fields(
            schema
                .get_fields()
                .iter()
                .zip(roots)
                .filter(|(_, wanted)| **wanted)
                .map(|(field, _)| field.clone())
                .collect(),
        )
        .build()
}
