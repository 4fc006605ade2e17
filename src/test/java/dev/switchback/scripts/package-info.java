/** The scripts of the checkout, run as they are typed. */
@NullMarked
package dev.switchback.scripts;

import org.jspecify.annotations.NullMarked;
