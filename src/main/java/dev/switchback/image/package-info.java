/** Bytes of weight images and the file formats they are converted from and to. */
@org.jspecify.annotations.NullMarked
package dev.switchback.image;
