package dev.switchback.tools.doctor;

/**
 * A line of the report.
 *
 * @param check its name, which stays the same from version to version
 */
public record Row(String check, Finding finding) {}
