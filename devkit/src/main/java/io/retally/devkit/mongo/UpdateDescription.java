package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an update changed, as a change event says it: found by comparing the images, not by reading the update. */
final class UpdateDescription {

    private final Document updatedFields = new Document();
    private final List<String> removedFields = new ArrayList<>();
    private final List<Document> truncatedArrays = new ArrayList<>();

    private UpdateDescription() {}

    static Document between(Document before, Document after) {
        UpdateDescription description = new UpdateDescription();
        description.compare("", before, after);
        return new Document("updatedFields", description.updatedFields)
                .append("removedFields", description.removedFields)
                .append("truncatedArrays", description.truncatedArrays);
    }

    private void compare(String prefix, Document before, Document after) {
        before.keySet().stream()
                .filter(field -> !after.containsKey(field))
                .forEach(field -> removedFields.add(prefix + field));
        after.forEach((field, now) -> {
            Object old = before.get(field);
            if (before.containsKey(field) && Objects.equals(old, now)) {
                return;
            }
            String path = prefix + field;
            if (old instanceof Document oldDocument && now instanceof Document nowDocument) {
                compare(path + ".", oldDocument, nowDocument);
            } else if (old instanceof List<?> oldArray && now instanceof List<?> nowArray) {
                compare(path, oldArray, nowArray);
            } else {
                updatedFields.put(path, now);
            }
        });
    }

    /** Items that changed or were added, a truncation, or else the whole array. */
    private void compare(String path, List<?> before, List<?> after) {
        Document items = new Document();
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size() || !Objects.equals(before.get(i), after.get(i))) {
                items.put(path + "." + i, after.get(i));
            }
        }
        boolean shorter = after.size() < before.size();
        if (shorter && items.isEmpty()) {
            truncatedArrays.add(new Document("field", path).append("newSize", after.size()));
        } else if (!shorter && items.size() < after.size()) {
            updatedFields.putAll(items);
        } else {
            updatedFields.put(path, after);
        }
    }
}
