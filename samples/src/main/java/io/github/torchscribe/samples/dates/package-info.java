/** Dates as people write them, and a network that translates them to ISO 8601. */
package io.github.torchscribe.samples.dates;
