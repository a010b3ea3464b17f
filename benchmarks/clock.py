"""The processor time that is spent in a worker.

It is that of the thread: while a check's limit is being counted, Linux counts the time of the process in ticks of some
milliseconds only. What is measured starts no threads.
"""

from time import thread_time as spent

__all__ = ["spent"]
