#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The C side of the Rust library in this folder. No function throws or prints; what fails says why
// in a Reason. Objects are not thread-safe; calls to `read_at` and `write` come from within the
// functions that are given them, and must not throw.

#include <stddef.h>
#include <stdint.h>

extern "C" {

struct CopydeskParquetFile {
  void* context;
  // Fills a buffer from an offset on; returns how many bytes, fewer only at the end, or -1.
  int64_t (*read_at)(void* context, uint64_t offset, uint8_t* buffer, size_t size);
  uint64_t size;
};

struct CopydeskParquetOptions {
  // Names of fields, the first of them that of the text; an empty name is that of no field.
  const char* const* fields;
  size_t field_count;
  size_t id_field;     // whose values may be true or false
  int32_t as_records;  // all columns, as lines of JSON
  size_t batch_bytes, max_record_bytes;
};

struct CopydeskParquetFound {
  const uint8_t* data;  // until the next call
  size_t size;
  uint64_t first_row, rows;  // from 0
};

struct CopydeskParquetReason {
  char* text;   // gets a zero at its end
  size_t size;  // at least 1
};

typedef struct CopydeskParquetRows CopydeskParquetRows;
typedef struct CopydeskParquetCopier CopydeskParquetCopier;

// Null where it fails. `file` is called until close.
CopydeskParquetRows* copydesk_parquet_open(const CopydeskParquetFile* file,
                                           const CopydeskParquetOptions* options,
                                           const CopydeskParquetReason* reason);
// 1: some rows; 0: there are no more; -1: the rows that `found` names are lost, and the next call
// goes on behind them.
int32_t copydesk_parquet_next(CopydeskParquetRows* rows, CopydeskParquetFound* found,
                              const CopydeskParquetReason* reason);
// Whether rows are fields, as read/row_fields.h has them, rather than lines of JSON: unless records
// are wanted, and where no field is a list, a map or a struct and the text is one.
int32_t copydesk_parquet_is_fields(const CopydeskParquetRows* rows);
uint64_t copydesk_parquet_rows(const CopydeskParquetRows* rows);
void copydesk_parquet_close(CopydeskParquetRows* rows);

CopydeskParquetCopier* copydesk_parquet_copier();
// Appends the rows of a file whose bit is set in `kept` (row 0 is the lowest bit of the first
// word). 0, or -1, after which only finish may be called. `write` is that of the first call.
int32_t copydesk_parquet_copy(CopydeskParquetCopier* copier, const CopydeskParquetFile* file,
                              const uint64_t* kept, size_t kept_words,
                              int32_t (*write)(void* context, const uint8_t* bytes, size_t size),
                              void* write_context, const CopydeskParquetReason* reason);
// Writes the end, and frees the copier. 0 or -1.
int32_t copydesk_parquet_finish(CopydeskParquetCopier* copier, const CopydeskParquetReason* reason);
}
