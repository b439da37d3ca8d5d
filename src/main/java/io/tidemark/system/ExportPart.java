package io.tidemark.system;

/** A part of a finished export: a file to download, or rows that the vendor gives page by page. */
public sealed interface ExportPart permits ExportFile, ExportPages {}
