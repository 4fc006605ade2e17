/** Pictures of a network: the decision map, the falling loss. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.plot;
