/** What is measured of a model besides its loss. */
package io.github.torchscribe.runtime.metric;
