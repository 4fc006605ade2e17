/** ONNX models: a network as one line of operators, read and written. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.foreign.onnx;
