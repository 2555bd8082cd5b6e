/** What generated code extends and calls; of no use to anybody else. */
package io.github.torchscribe.runtime.generated;
