package io.github.torchscribe.runtime.search;

import java.util.Map;

/**
 * What is tried, with whatever budget.
 *
 * @param id counted from 1
 * @param seed its own
 * @param settings by their names
 */
record Configuration(int id, long seed, Map<String, Object> settings) {}
