/** Other people's libraries that who only predicts does without. */
package io.github.torchscribe.runtime.library;
