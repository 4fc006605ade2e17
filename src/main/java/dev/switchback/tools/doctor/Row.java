package dev.switchback.tools.doctor;

/**
 * A line of the report.
 *
 * @param check name of the check; the same in all versions
 */
public record Row(String check, Finding finding) {}
