# The headers that a user of the library is meant to include. They are installed under
# include/copydesk and include nothing but each other (test house.public_headers); all others, which
# may change with any version, go to include/copydesk-internal.
set(copydesk_public_headers
  copydesk.h document.h document_index.h error.h version.h
  read/batch_reader.h read/conversion_options.h read/document_columns.h read/input_list.h read/record_batch.h
  read/record_fault.h read/record_parser.h
  run/results.h run/run_control.h run/run_plan.h
  shingle/shingler.h
  sketch/sketcher.h
  stream/byte_source.h
  text/code_tokenizer.h text/fold_options.h text/offset_map.h text/text_tokenizer.h text/tokenizer.h
  text/utf8.h)
