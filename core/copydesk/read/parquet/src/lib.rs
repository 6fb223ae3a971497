// SPDX-License-Identifier: Apache-2.0
//! The C side: copydesk_parquet.h says what each function does. Nothing unwinds into the caller.

mod copy;
mod file;
mod json;
mod pages;
mod rows;
mod schema;

use std::ffi::{c_char, c_void, CStr};
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};
use std::slice;
use std::sync::Once;

use crate::copy::{CallerSink, Copier, Kept, WriteAll};
use crate::file::{CallerFile, ReadAt};
use crate::rows::{plain, Rows, Step, Wanted};

const DONE: i32 = 0;
const ROWS: i32 = 1;
const FAULT: i32 = -1;

#[repr(C)]
pub struct File {
    context: *mut c_void,
    read_at: ReadAt,
    size: u64,
}

#[repr(C)]
pub struct Options {
    fields: *const *const c_char,
    field_count: usize,
    id_field: usize,
    as_records: i32,
    batch_bytes: usize,
    max_record_bytes: usize,
}

#[repr(C)]
pub struct Found {
    data: *const u8,
    size: usize,
    first_row: u64,
    rows: u64,
}

/// Where a function says why it failed.
#[repr(C)]
pub struct Reason {
    text: *mut c_char,
    size: usize,
}

impl Reason {
    /// As much as there is room for, and a zero.
    unsafe fn set(&self, text: &str) {
        let mut end = text.len().min(self.size - 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        std::ptr::copy_nonoverlapping(text.as_ptr(), self.text.cast(), end);
        *self.text.add(end) = 0;
    }
}

/// The library's panics are damage in files, which is told in another way.
fn be_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_hook(Box::new(|_| {})));
}

fn guarded<T>(work: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, String> {
    be_quiet();
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| plain(&error)),
        Err(_) => Err("its data make no sense".to_string()),
    }
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_open(
    file: *const File,
    options: *const Options,
    reason: *const Reason,
) -> *mut Rows {
    let (file, options) = (&*file, &*options);
    let opened = guarded(|| {
        let names = slice::from_raw_parts(options.fields, options.field_count);
        let wanted = Wanted {
            fields: names
                .iter()
                .map(|name| CStr::from_ptr(*name).to_string_lossy().into_owned())
                .collect(),
            id_field: options.id_field,
            as_records: options.as_records != 0,
            batch_bytes: options.batch_bytes,
            max_record_bytes: options.max_record_bytes,
        };
        Rows::open(CallerFile::new(file.context, file.read_at, file.size), wanted)
    });
    match opened {
        Ok(rows) => Box::into_raw(Box::new(rows)),
        Err(text) => {
            (*reason).set(&text);
            std::ptr::null_mut()
        }
    }
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_next(
    rows: *mut Rows,
    found: *mut Found,
    reason: *const Reason,
) -> i32 {
    let (rows, found) = (&mut *rows, &mut *found);
    match rows.step() {
        Step::Rows { first, rows: count } => {
            *found = Found {
                data: rows.out.as_ptr(),
                size: rows.out.len(),
                first_row: first,
                rows: count,
            };
            ROWS
        }
        Step::Fault { first, rows: count, reason: text } => {
            *found = Found { data: std::ptr::null(), size: 0, first_row: first, rows: count };
            (*reason).set(&text);
            FAULT
        }
        Step::End => DONE,
    }
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_is_fields(rows: *const Rows) -> i32 {
    i32::from((*rows).is_fields())
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_rows(rows: *const Rows) -> u64 {
    (*rows).rows_in_file()
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_close(rows: *mut Rows) {
    if !rows.is_null() {
        let rows = Box::from_raw(rows);
        drop(catch_unwind(AssertUnwindSafe(move || drop(rows))));
    }
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_copier() -> *mut Copier {
    Box::into_raw(Box::default())
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_copy(
    copier: *mut Copier,
    file: *const File,
    kept: *const u64,
    kept_words: usize,
    write: WriteAll,
    write_context: *mut c_void,
    reason: *const Reason,
) -> i32 {
    let file = &*file;
    let copied = guarded(|| {
        let kept = if kept_words == 0 { &[][..] } else { slice::from_raw_parts(kept, kept_words) };
        (*copier).add(
            CallerFile::new(file.context, file.read_at, file.size),
            &Kept::new(kept),
            CallerSink { context: write_context, write },
        )
    });
    copied.map_or_else(
        |text| {
            (*reason).set(&text);
            FAULT
        },
        |()| DONE,
    )
}

/// # Safety
/// As copydesk_parquet.h says.
#[no_mangle]
pub unsafe extern "C" fn copydesk_parquet_finish(copier: *mut Copier, reason: *const Reason) -> i32 {
    let copier = Box::from_raw(copier);
    guarded(move || copier.finish()).map_or_else(
        |text| {
            (*reason).set(&text);
            FAULT
        },
        |()| DONE,
    )
}
