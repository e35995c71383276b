"""The recorder: a process that customers' pages send their screen to, and that keeps it, sealed, as it came."""
