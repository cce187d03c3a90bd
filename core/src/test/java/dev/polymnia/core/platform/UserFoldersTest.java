package dev.polymnia.core.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class UserFoldersTest {
    @Test
    void linux_has_those_of_the_xdg_specification() {
        assertThat(of("Linux", Map.of("HOME", "/h")))
                .isEqualTo(folders("/h", "/h/.cache", "/h/.local/share"));
        assertThat(of("Linux", Map.of("XDG_CACHE_HOME", "/c", "XDG_DATA_HOME", "/d")))
                .isEqualTo(folders("/home/u", "/c", "/d"));
    }

    @Test
    void relative_and_blank_settings_are_passed_over() {
        assertThat(of("Linux", Map.of("HOME", "h", "XDG_CACHE_HOME", "c", "XDG_DATA_HOME", " ")))
                .isEqualTo(folders("/home/u", "/home/u/.cache", "/home/u/.local/share"));
    }

    @Test
    void other_platforms_have_their_own() {
        assertThat(of("Mac OS X", Map.of("XDG_DATA_HOME", "/d")))
                .isEqualTo(
                        folders(
                                "/home/u",
                                "/home/u/Library/Caches",
                                "/home/u/Library/Application Support"));
        assertThat(of("Windows 11", Map.of("APPDATA", "/a")))
                .isEqualTo(folders("/home/u", "/home/u/AppData/Local", "/a"));
    }

    private static UserFolders folders(String home, String cache, String data) {
        return new UserFolders(Path.of(home), Path.of(cache), Path.of(data));
    }

    private static UserFolders of(String os, Map<String, String> environment) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("user.home", "/home/u");
        return UserFolders.of(environment, system);
    }
}
