/** How values meet: sums, products, concatenation; layers that read several values. */
package io.github.torchscribe.processor.layer.meeting;
