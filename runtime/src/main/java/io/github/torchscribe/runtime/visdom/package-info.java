/**
 * A client of <a href="https://github.com/fossasia/visdom">Visdom</a>, the server that draws plots
 * and pictures in a browser while a program runs. Names, defaults and messages are those of its
 * Python client: a window drawn from here is the same as one drawn from there.
 */
package io.github.torchscribe.runtime.visdom;
