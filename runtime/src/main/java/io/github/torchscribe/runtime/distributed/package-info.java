/** Several processes that train one network: the group that they are, and who starts them. */
package io.github.torchscribe.runtime.distributed;
