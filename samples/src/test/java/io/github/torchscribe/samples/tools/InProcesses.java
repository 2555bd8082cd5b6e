package io.github.torchscribe.samples.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that wait for small programs in processes of their own. The build runs them after all
 * others, two at a time: each keeps one core busy at most, and starts for most of its time.
 */
@Tag("processes")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InProcesses {}
