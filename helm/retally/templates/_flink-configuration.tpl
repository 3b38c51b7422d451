{{- /* Flink's settings: the environment's file, what the values decide, and on top what flinkConfiguration says. Strings all. */ -}}
{{- define "retally.flinkConfiguration" -}}
{{- $settings := .Files.Get "files/flink-conf/config.yaml" | fromYaml -}}
{{- if or (not $settings) (hasKey $settings "Error") }}{{ fail "flink-conf/kubernetes/config.yaml is missing from the chart, or no YAML: package it from the repository, where files/flink-conf leads there" }}{{ end -}}
{{- $dir := trimSuffix "/" .Values.storage.dir -}}
{{- $_ := set $settings "execution.checkpointing.dir" (printf "%s/checkpoints" $dir) -}}
{{- $_ := set $settings "execution.checkpointing.savepoint-dir" (printf "%s/savepoints" $dir) -}}
{{- $_ := set $settings "high-availability.storageDir" (printf "%s/ha" $dir) -}}
{{- range $key, $value := mergeOverwrite $settings .Values.flinkConfiguration }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
