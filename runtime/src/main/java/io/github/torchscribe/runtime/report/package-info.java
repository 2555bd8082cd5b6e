/** The report of a training run: a folder with its figures and a page that shows them. */
package io.github.torchscribe.runtime.report;
