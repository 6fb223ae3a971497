#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A block for datatrove pipelines that removes near-duplicates of all shards.

    datatrove_block.py datasets/sample/wire.jsonl cleaned/

datatrove's own MinHash takes four blocks, one after the other, each with files in between. Here the
shards are looked at once, before the pipeline begins, by copydesk on all processors of one machine; the
block then lets those documents through that stay, in any number of tasks.
"""

import sys
from pathlib import Path

import copydesk
from datatrove.data import DocumentsPipeline
from datatrove.pipeline.base import PipelineStep


class CopydeskFilter(PipelineStep):
    """Lets through what `copydesk.dedup` keeps of the documents in `paths`.

    `paths`: files or patterns as pathlib.Path; `options`: those of copydesk.dedup, such as threshold=0.8.
    Documents are known by their ids, which have to differ.
    """

    name = "copydesk"
    type = "dedup"

    def __init__(self, paths, **options):
        super().__init__()
        self.removed = set(copydesk.dedup(paths, **options).decisions["id"])

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        for document in data:
            with self.track_time():
                if document.id in self.removed:
                    self.stat_update("removed")
                    continue
                self.stat_update("kept")
            yield document


if __name__ == "__main__":
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    source, output = Path(sys.argv[1]), sys.argv[2]
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(source.parent), glob_pattern=source.name),
            CopydeskFilter(source),
            JsonlWriter(output, compression=None),
        ],
        logging_dir=str(Path(output) / "logs"),
        tasks=1,
    ).run()
