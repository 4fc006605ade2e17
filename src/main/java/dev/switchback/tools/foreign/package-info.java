/** Weight files of other programs, recognised by name or first bytes: npz, npy, FANN, C export. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.foreign;
