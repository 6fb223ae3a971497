#pragma once
// A header that breaks the table: text may not know of pipelines.
#include "copydesk/pipeline/dedup/dedup_run.h"
