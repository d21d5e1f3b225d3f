"""The index in service: Ray actors that hold the shards of one or more versions and answer batched queries.

Every query names its version and is answered from that one alone. A version is taken out of service, and its files
removed, only when a newer one is current and nobody holds a lease on it.
"""
