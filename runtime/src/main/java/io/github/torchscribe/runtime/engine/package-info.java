/**
 * A model's native side: its parameters, its passes, and the rule that one operation runs at a
 * time.
 */
package io.github.torchscribe.runtime.engine;
