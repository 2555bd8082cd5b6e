/**
 * Processes that train one model together: who starts them, how they meet, what they tell each
 * other.
 */
package io.github.torchscribe.runtime.distributed;
