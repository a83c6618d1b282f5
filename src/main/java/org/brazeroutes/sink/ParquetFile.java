package org.brazeroutes.sink;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.brazeroutes.stream.Column;

/** Parquet with the types that tables have, its pages packed by gzip. */
final class ParquetFile implements RecordFile {

    /** Held in memory for each stream at work; larger row groups would need more heap than the rest of the program. */
    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final RowMapper mapper;
    private final MessageType schema;
    private final ParquetWriter<Group> writer;
    private final StreamOutputFile file;

    ParquetFile(OutputStream out, Table table) throws IOException {
        mapper = new RowMapper(table);
        schema = schema(table);
        file = new StreamOutputFile(out);
        writer = ExampleParquetWriter.builder(file).withType(schema).withConf(new PlainParquetConfiguration())
                .withRowGroupSize(ROW_GROUP_BYTES).withCodecFactory(new GzipPages()).withCompressionCodec(CompressionCodecName.GZIP)
                .build();
    }

    private static MessageType schema(Table table) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        table.columns().forEach(column -> schema.addField(type(column)));
        return schema.named(table.name());
    }

    private static Type type(Column column) {
        String name = column.name();
        return switch (column.type()) {
            case STRING -> Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
            case INTEGER -> Types.optional(INT64).named(name);
            case NUMBER -> Types.optional(DOUBLE).named(name);
            case BOOLEAN -> Types.optional(BOOLEAN).named(name);
            case DATE -> Types.optional(INT32).as(LogicalTypeAnnotation.dateType()).named(name);
            case DATE_TIME -> Types.optional(INT64).as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)).named(name);
            case OBJECT, ARRAY -> Types.optional(BINARY).as(LogicalTypeAnnotation.jsonType()).named(name);
        };
    }

    @Override
    public int write(Map<String, Object> record, Instant syncedAt, long syncId) throws IOException {
        Row row = mapper.row(record, RowMapper.time(syncedAt), syncId);
        Group group = new SimpleGroup(schema);
        for (int i = 0; i < row.values().length; i++) {
            add(group, i, row.values()[i]);
        }
        writer.write(group);
        return row.misfits();
    }

    private static void add(Group group, int field, Object value) {
        if (value instanceof String text) {
            group.add(field, text);
        } else if (value instanceof byte[] json) {
            group.add(field, Binary.fromConstantByteArray(json));
        } else if (value instanceof Long number) {
            group.add(field, number);
        } else if (value instanceof Double number) {
            group.add(field, number);
        } else if (value instanceof Boolean flag) {
            group.add(field, flag);
        } else if (value instanceof LocalDate date) {
            group.add(field, Math.toIntExact(date.toEpochDay()));
        } else if (value instanceof OffsetDateTime time) {
            group.add(field, time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000);
        } else if (value != null) {
            throw new IllegalStateException("no Parquet type for a " + value.getClass().getSimpleName());
        }
    }

    @Override
    public long waiting() {
        return writer.getDataSize() - file.written();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
