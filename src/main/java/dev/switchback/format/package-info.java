/** Files that both ends of the cable read: the weight image, the safetensors inside, keys. */
@org.jspecify.annotations.NullMarked
package dev.switchback.format;
