/** Weights in the files of others, told by name or first bytes: npz, npy, FANN, exported C. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.foreign;
