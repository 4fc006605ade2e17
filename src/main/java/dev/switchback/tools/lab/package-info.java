/** The lab: a page for a device, its server, and trainings of the page's own. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.lab;
