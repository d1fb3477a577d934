"""A corpus that outgrows one machine: documents read and claims reconciled on Spark.

The same code runs on every worker, so the rows are the same as on one machine, whatever the
partitions. Start a session with ``rates.frames.local_spark``, or use a cluster on whose workers
pledgecalc is installed.
"""

from .reading import describe_documents, read_documents
from .reconciling import Reconciled, reconcile

__all__ = ["Reconciled", "describe_documents", "read_documents", "reconcile"]
