/** Downloads, and answers of servers that are not trusted. */
package io.github.torchscribe.runtime.web;
