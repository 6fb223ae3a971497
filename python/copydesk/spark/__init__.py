# SPDX-License-Identifier: Apache-2.0
"""The same decisions on a cluster: near-duplicates of a DataFrame of Spark, found by the native library;
and its texts as sketches, and what stands in them of evaluation sets.

>>> from copydesk.spark import near_duplicates                               # doctest: +SKIP
>>> found = near_duplicates(df, id="url", text="text", work="s3://bucket/run1")  # doctest: +SKIP
>>> df.join(found.decisions, df.url == found.decisions.id, "left_anti")      # doctest: +SKIP

Needs pyspark 4 and what its mapInArrow needs, and this package on every machine. docs/cluster.md says
how to install it, what a run costs and where its limits are.
"""

from ._near_duplicates import NearDuplicates, near_duplicates
from ._reuse import reuse_against
from ._sketch import sketch

__all__ = ["NearDuplicates", "near_duplicates", "reuse_against", "sketch"]
