/** The Debian package, as far as it shows without being built: src/deb and device-config. */
@NullMarked
package dev.switchback.deb;

import org.jspecify.annotations.NullMarked;
