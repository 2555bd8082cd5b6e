package io.github.torchscribe.processor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that compile and compute nothing. They run beside all others: of what a process has only
 * once, the numbers that libtorch draws, its threads, {@code System.out}, they touch nothing. (What
 * is to be seen of them goes to {@code System.err}, which no other test catches.)
 */
@Execution(ExecutionMode.CONCURRENT)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CompilesOnly {}
