/**
 * The annotation processors. A network goes through four rooms, in one direction: {@code
 * declaration} (what is written), {@code graph} (shapes and checks), {@code plan} (memory), {@code
 * source} (the generated class). What is particular to a layer, loss or optimizer is in one class
 * each, in the families of {@code layer}, in {@code loss} and {@code optim}; the {@link
 * io.github.torchscribe.processor.catalogue.Catalogue} puts their lists together.
 */
package io.github.torchscribe.processor;
