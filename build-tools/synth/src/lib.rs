//! Generator of format-exact synthetic clinical terminology releases of any size, for tests and benchmarks.
