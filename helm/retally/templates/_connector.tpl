{{- /* The connector's settings as JSON: devkit's file, with the topics' prefix and what connector.config says on top. */ -}}
{{- define "retally.connectorConfig" -}}
{{- $file := .Files.Get "files/mongodb-source.json" -}}
{{- if not $file }}{{ fail "devkit/connector/mongodb-source.json is missing from the chart: package it from the repository, where files/mongodb-source.json leads there" }}{{ end -}}
{{- $config := get ($file | fromJson) "config" -}}
{{- $_ := set $config "topic.prefix" .Values.kafka.topicPrefix -}}
{{- mergeOverwrite $config .Values.connector.config | toJson -}}
{{- end }}
