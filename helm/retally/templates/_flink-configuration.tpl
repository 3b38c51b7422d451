{{- /*
Flink's settings of a job: the environment's file, what the values decide, and on top what flinkConfiguration says. Strings all.
Takes root and job.
*/ -}}
{{- define "retally.flinkConfiguration" -}}
{{- $values := .root.Values -}}
{{- $settings := .root.Files.Get "files/flink-conf/config.yaml" | fromYaml -}}
{{- if or (not $settings) (hasKey $settings "Error") }}{{ fail "flink-conf/kubernetes/config.yaml is missing from the chart, or no YAML: package it from the repository, where files/flink-conf leads there" }}{{ end -}}
{{- $dir := trimSuffix "/" $values.storage.dir -}}
{{- $_ := set $settings "execution.checkpointing.dir" (printf "%s/checkpoints" $dir) -}}
{{- $_ := set $settings "execution.checkpointing.savepoint-dir" (printf "%s/savepoints" $dir) -}}
{{- $_ := set $settings "high-availability.storageDir" (printf "%s/ha" $dir) -}}
{{- with .job.autoscaler }}
{{- if .enabled }}
{{- /* Rescales the running job from its last checkpoint, where the default scheduler would need a savepoint and a start. */ -}}
{{- $_ := set $settings "jobmanager.scheduler" "adaptive" -}}
{{- $_ := set $settings "job.autoscaler.enabled" "true" -}}
{{- $_ := set $settings "job.autoscaler.vertex.min-parallelism" .minParallelism -}}
{{- $_ := set $settings "job.autoscaler.vertex.max-parallelism" .maxParallelism -}}
{{- $_ := set $settings "job.autoscaler.target.utilization" .targetUtilization -}}
{{- $_ := set $settings "job.autoscaler.target.utilization.boundary" .boundary -}}
{{- $_ := set $settings "job.autoscaler.stabilization.interval" .stabilization -}}
{{- $_ := set $settings "job.autoscaler.metrics.window" .window -}}
{{- end }}
{{- end }}
{{- range $key, $value := mergeOverwrite $settings (deepCopy $values.flinkConfiguration) }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
