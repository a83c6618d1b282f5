package org.brazeroutes.camel;

import java.sql.Connection;
import java.sql.DriverManager;

/** A process that has an H2 file open until its standard input ends. */
final class FileHolder {

    private FileHolder() {
    }

    public static void main(String[] url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url[0])) {
            System.out.println("open");
            System.in.read();
        }
    }
}
